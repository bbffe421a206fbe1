/** Made for this test: one firm written two ways. */
export const SAME = `
Acme Concrete, Inc. | ACME CONCRETE
Acme Concrete Inc | Acme Concrete Incorporated
Allied Electric Co., Inc. | Allied Electric Company
Allied Electric Company Inc | ALLIED ELEC CO INC
Anderson Bros. Roofing | Anderson Brothers Roofing
Anderson Mech. Contractors | Anderson Mechanical Contractors
Apex Drywall LLC | Apex Drywall, L.L.C.
Atlas Crane & Rigging | Atlas Crane and Rigging
Atlas Crane & Rigging Corp. | ATLAS CRANE AND RIGGING CORPORATION
B&B Plumbing | B & B Plumbing
Bay Area Supply | BAY AREA SPLY
Bay City Glass Ltd. | Bay City Glass Limited
Beacon Fire Protection, LLC | Beacon Fire Protection
Bennett Engr. Inc. | Bennett Engineering, Inc
Blue Ridge Bldg. Products | Blue Ridge Building Products
Bock & Söhne GmbH | Bock & Sohne GmbH
Brickman Masonry Co | Brickman Masonry
Brown's Heating & Cooling | Browns Heating and Cooling
Brown Htg & Cooling | Brown Heating & Cooling
Builders FirstChoice Supply | BUILDERS FIRSTCHOICE SUPPLY INC
C. R. Smith Paving | CR Smith Paving
Cañon City Gravel | Canon City Gravel
Capital Constr. Group | Capital Construction Group
Capital Construction Grp LLC | Capital Construction Group, LLC
Cascade Mfg. | Cascade Manufacturing
Cascade Timber Company | The Cascade Timber Co.
Central Equip. Rentals | Central Equipment Rentals
Central Equip Rentals Inc. | CENTRAL EQUIPMENT RENTALS, INC
City Whse Services | City Warehouse Service
Clear Water Utilities | Clearwater Utilities
Coastal Dist. Inc | Coastal Distributors, Inc.
Columbia Steel Fabricators | COLUMBIA STEEL FABRICATORS INC.
Comfort Air Svcs | Comfort Air Services
Comfort Air Service | Comfort Air Services, LLC
Concrete Pumping Specialists L.P. | Concrete Pumping Specialists LP
Cooper Hdwe | Cooper Hardware
Crown Elevator Co. | Crown Elevator
D & D Excavating | D&D Excavating, LLC
Dale's Painting | Dales Painting
Delgado Tile & Stone | DELGADO TILE AND STONE INC
Desert Sun Landscaping LLC | Desert Sun Landscaping
Diamond Saw Prods. | Diamond Saw Products
DryWall Pros | Drywall Pros Inc.
Eagle Eng. | Eagle Engineering
Eastside Ready Mix, Inc. | Eastside Ready-Mix Inc
Echo Elec. Contr. | Echo Electric Contractors
Elite Floor Coverings Inc. | Elite Floor Coverings, Incorporated
Emerald Environmental Ltd | Emerald Environmental, Ltd.
Evergreen Lbr. Co. | Evergreen Lumber Company
Falcon Fence | The Falcon Fence Company
Farrell & Sons Trucking | Farrell and Sons Trucking
Fast Track Signs | FastTrack Signs
Five Star Insulation, Inc. | FIVE STAR INSULATION
Foothill Rebar Inc. | Foothill Rebar
Frontier Bldrs. | Frontier Builders
García Masonry | Garcia Masonry LLC
General Conc. & Paving | General Concrete and Paving
Gibson Ent. LLC | Gibson Enterprises, LLC
Glacier Well Drilling (Inc.) | Glacier Well Drilling Inc
Golden Gate Scaffold Corp | Golden Gate Scaffold Corporation
Grand Natl. Bonding | Grand National Bonding
Granite Inds. Inc. | Granite Industries Inc
Greenfield Testing Labs PLLC | Greenfield Testing Labs, P.L.L.C.
H & H Hoisting | H&H Hoisting Inc
Hansen's Cabinets | Hansens Cabinets
Harbor Marine Constr | Harbor Marine Construction
Haskell Paint, Inc | HASKELL PAINT INC.
Heritage Woodwork Co., LLC | Heritage Woodwork LLC
High Desert Tech. | High Desert Technologies
Hillside Pump & Supply | Hillside Pump and Supply Co.
Horizon Door Systems | Horizon Door Sys.
Hudson Intl. Freight | Hudson International Freight
Hydro-Seal Waterproofing | Hydro Seal Waterproofing
HydroSeal Waterproofing | Hydro-Seal Waterproofing, Inc.
Icon Glass & Mirror | ICON GLASS AND MIRROR
Inland Pipe Sup. | Inland Pipe Supply
Iron Horse Trans. | Iron Horse Transport
J. P. Morris & Associates | JP Morris & Assoc.
J.D. Kellerman Company | JD Kellerman Co
Jackson Safety Svc. | Jackson Safety Service
Jensen Crane | Jensen Crane, LLC
Jiménez Painting | Jimenez Painting Inc.
Johnson Bros Sand & Gravel | Johnson Brothers Sand and Gravel
K & L Steel | K&L Steel Inc
Kappa Mgmt. | Kappa Management
Keystone Fab & Weld Ltd | Keystone Fab and Weld Limited
Kitchen & Bath World | Kitchen and Bath World Inc
Lake Shore Electric | Lakeshore Electric
Lakeview Elevator Service Co. | Lakeview Elevator Services
Landmark Survey, P.C. | Landmark Survey PC
Larson Plbg. & Htg. | Larson Plumbing and Heating
Liberty Bldg. Mtls. | Liberty Building Materials
Lone Star Cranes, L.L.P. | Lone Star Cranes LLP
M. Ortega Stucco | M Ortega Stucco
Martin Equipment Co., Inc. | MARTIN EQPT CO INC
Master Plmbg | Master Plumbing
McAllister Steel | Mc Allister Steel
Metro Mech Inc | Metro Mechanical, Inc.
Midwest Caulking | Midwest Caulking, LLC
Mission Fire & Safety | Mission Fire and Safety, Inc.
Modern Millwork Co | Modern Millwork Company
Mountain States Asphalt Inc | MOUNTAIN STATES ASPHALT, INC.
Müller Stahlbau | Muller Stahlbau GmbH
National Gypsum Dist. | National Gypsum Distributors
Natl. Waterproofing | National Waterproofing
New Era Lighting, Inc. | New Era Lighting
North Fork Logging (The) | North Fork Logging
North Star HVAC | Northstar HVAC
Northern Univ. Supply | Northern Universal Supply
Núñez Framing | Nunez Framing
O'Brien Excavation | OBrien Excavation
O’Malley Concrete | O'Malley Concrete Inc
Oak Grove Mfg Co | Oak Grove Manufacturing Company
Olympic Grading, Inc. | Olympic Grading
Orion Controls Corp. | Orion Controls Corporation
Pacific Coast Iron | PACIFIC COAST IRON LLC
Pacific Coast Iron, LLC dba PCI Steel | Pacific Coast Iron LLC
Palmer Elec Service | Palmer Electric Services
Paramount Interiors | Paramount Interiors, Inc
Peak Geotechnical | Peak Geotechnical PLLC
Pinnacle Curtain Wall | Pinnacle Curtainwall
Pioneer Fence Co. Inc. | Pioneer Fence Inc
Precision Sawcutting | Precision Saw Cutting
Premier Sheet Metal Ltd. | Premier Sheet Metal Ltd
Prairie Land Svcs., LLC | Prairie Land Services LLC
ProBuild Framing | Pro Build Framing
Quality Conc Inc | Quality Concrete Inc.
Quick-Set Anchors | QuickSet Anchors
R&R Roofing | R & R Roofing
R.J. Wagner & Co. | RJ Wagner and Company
Rainier Const. | Rainier Construction
Rapid Rooter Svcs | Rapid Rooter Services
Red Rock Quarry, Inc. | Red Rock Quarry
Regal Stone Imports | REGAL STONE IMPORTS INC
Reliable Crane Serv. | Reliable Crane Services
Ridgeline Surveying | Ridge Line Surveying
River City Fab. Inc. | River City Fab Inc
Rocky Mtn Tile, LLC | Rocky Mtn. Tile
Rosé Interiors | Rose Interiors
S & S Welding Co. | S&S Welding
Sanders Whse. & Storage | Sanders Warehouse and Storage
Sierra Bldg Systems | Sierra Building Systems, Inc.
Silver Creek Sand | Silver Creek Sand Company
Skyline Glazing Corp | SKYLINE GLAZING CORP.
Smith & Jones Plumbing | Smith and Jones Plumbing Inc
Solar Eng Group | Solar Engineering Grp.
South Bay Crane Co | South Bay Crane
Spectrum Audio Visual Inc | Spectrum Audio-Visual, Inc.
St. Clair Supply | St Clair Supply
Sterling Mgmt. Svcs. | Sterling Management Services
Stone Ridge Pavers | Stoneridge Pavers
Summit Crane Company, LLC | Summit Crane LLC
Sun Belt Rentals & Supply | Sunbelt Rentals and Supply
T. Nguyen Flooring | T Nguyen Flooring LLC
Taylor Mtls. Inc. | Taylor Materials
Tech Weld Inds. | Tech Weld Industries
Terra Firma Soils Ltd. | TERRA FIRMA SOILS LIMITED
The Brick Yard | Brick Yard
Three Rivers Barge | THREE RIVERS BARGE INC.
Titan Demolition, Inc. | Titan Demolition Inc
Top Notch Trim | The Top Notch Trim Co
Tri-State Boring | Tri State Boring
Tri County Paving LLC | Tri-County Paving, LLC
Union Bolt & Nut | Union Bolt and Nut Company
United Elevator Serv | United Elevator Service
Valley Crest Trees, Inc. | Valley Crest Trees
Vargas & Sons | Vargas and Sons, Inc.
Vertex Fire Sys. | Vertex Fire Systems
Viking Pile Driving | Viking Pile-Driving Inc
W. W. Carter Supply | WW Carter Supply
Washington Sheet Pile | WASHINGTON SHEET PILE LLC
West Coast Glass & Door | West Coast Glass and Door
Wilson Hdwe. Co. | Wilson Hardware
Wood Works Unlimited | Woodworks Unlimited
Yellow Creek Eqpt. Rental | Yellow Creek Equipment Rental
York Stone Co. | York Stone Company
Zenith Insulation Limited | Zenith Insulation Ltd
Acme Conrete | Acme Concrete
Anderson Mechancial Contractors | Anderson Mechanical Contractors
Cascade Timbr | Cascade Timber
Johnson Plumbing & Heating | Johnson Plumbing
Pacific Coast Iron Works | Pacific Coast Iron
Smith, John | John Smith
`;

/** Made for this test: two firms written alike. */
export const DIFFERENT = `
Acme Concrete | Acne Concrete
Acme Concrete Inc. | Acme Concrete LLC
Acme Concrete | Acme Concrete Pumping
Acme Concrete | Acme Steel
Allied Electric | Allied Electronics
Allied Electric of Texas | Allied Electric of Ohio
Allied Electric Corp. | Allied Electric Inc.
Anderson Brothers Roofing | Anderson & Sons Roofing
Anderson Roofing | Andersen Roofing
Apex Drywall | Apex Drilling
Atlas Crane | Atlas Crane Training
Atlas Crane and Rigging | Atlas Rigging
B & B Plumbing | B & D Plumbing
B & B Plumbing | BB & B Plumbing
Bay Area Supply | Bay Area Surveys
Bay City Glass | Bay City Gas
Beacon Fire Protection | Beacon Fire Pumps
Bennett Engineering | Benett Engines
Blue Ridge Building Products | Blue Ridge Builders
Brickman Masonry | Brickmann Masonry Tools
Brown's Heating | Braun's Heating
Builders Supply North | Builders Supply South
C R Smith Paving | C P Smith Paving
Canon City Gravel | Carson City Gravel
Capital Construction | Capitol Construction
Cascade Manufacturing | Cascade Marketing
Cascade Timber East | Cascade Timber West
Central Equipment | Central Equine
City Warehouse | City Warehousing Partners
Clearwater Utilities | Clearwater Utility Locating
Coastal Distributors | Coastal Distillers
Columbia Steel | Columbus Steel
Comfort Air | Comfort Aire
Concrete Specialists | Concrete Specialties
Cooper Hardware | Copper Hardware
Crown Elevator | Crown Elevations
D & D Excavating | D & E Excavating
Dale's Painting | Dave's Painting
Delgado Tile | Salgado Tile
Desert Sun Landscaping | Desert Sand Landscaping
Diamond Saw | Diamond Law
Eagle Engineering | Eagles Engineering Society
Eastside Ready Mix | Westside Ready Mix
Echo Electric | Eco Electric
Elite Floor | Elite Flooring Supply
Emerald Environmental | Emerald Environments
Evergreen Lumber | Evergreen Lumber Transport
Falcon Fence | Falcon Finance
Farrell and Sons | Farrell and Son Plumbing
Five Star Insulation | Four Star Insulation
Foothill Rebar | Foothills Rebar
Frontier Builders LLC | Frontier Builders Ltd
Garcia Masonry | Gracia Masonry
General Concrete | General Contracting
Gibson Enterprises | Gibbons Enterprises
Glacier Well Drilling | Glacier Wall Drilling
Golden Gate Scaffold | Golden State Scaffold
Grand National Bonding | Grand National Welding
Granite Industries Inc | Granite Industries Corp
Greenfield Testing | Greenfield Texting
H & H Hoisting | H & N Hoisting
Hansen Cabinets | Hanson Cabinets
Harbor Marine | Harbour Maritime
Haskell Paint | Haskell Point
Heritage Woodwork | Heritage Wood
High Desert Technologies | High Desert Technical College
Hillside Pump | Hillside Plumbing
Horizon Door Systems | Horizon Floor Systems
Hudson Freight | Hudson Height
Icon Glass | Ikon Glass
Inland Pipe Supply | Inland Pipe Inspection
Iron Horse Transport | Iron House Transport
J P Morris | J B Morris
Jackson Safety | Johnson Safety
Jensen Crane | Jansen Crane
Jimenez Painting | Ximenez Painting
Johnson Brothers Sand | Johnston Brothers Sand
K & L Steel | K & J Steel
Keystone Fab | Keystone Lab
Kitchen World | Kitchen Worlds Apart
Lakeview Elevator | Lakeside Elevator
Landmark Survey | Landmark Surety
Larson Plumbing | Larsen Plumbing
Liberty Building Materials | Liberty Building Management
Local 12 Pension Fund | Local 21 Pension Fund
Lone Star Cranes | Lone Star Crates
M Ortega Stucco | N Ortega Stucco
Martin Equipment | Marten Equipment
Master Plumbing | Masters Plumbing
McAllister Steel | McAlister Steele
Metro Mechanical | Metro Medical
Midwest Caulking | Midwest Walking
Mission Fire | Mission Fiber
Modern Millwork | Modern Millworks Museum
Mountain States Asphalt | Mountain State Asphalt
Muller Stahlbau | Moeller Stahlbau
National Gypsum | National Gym
New Era Lighting | New Area Lighting
North Fork Logging | South Fork Logging
Northstar HVAC | North Shore HVAC
Nunez Framing | Nunes Framing
O'Brien Excavation | O'Bryan Excavation
Oak Grove Manufacturing | Oak Glove Manufacturing
Olympic Grading | Olympia Grading
Orion Controls | Onion Controls
Pacific Coast Iron | Pacific Coast Irrigation
Palmer Electric | Palmer Elective Surgery
Paramount Interiors | Paramount Exteriors
Peak Geotechnical | Peaks Geological
Pinnacle Curtain Wall | Pinnacle Dry Wall
Pioneer Fence | Pioneer Defence
Precision Saw Cutting | Precision Grass Cutting
Premier Sheet Metal | Premium Sheet Metal
Prairie Land Services | Prairie Lawn Services
Pro Build Framing | Pro Guild Framing
Quality Concrete | Quality Concepts
R & R Roofing | R & B Roofing
R J Wagner | R J Wegner
Rainier Construction | Rainer Construction
Rapid Rooter | Rapid Router
Red Rock Quarry | Red Rocks Quarry
Regal Stone | Royal Stone
Reliable Crane | Reliable Drain
Ridgeline Surveying | Ridgewood Surveying
River City Fab | River City Cab
Rocky Mountain Tile | Rocky Mountain Title
Rose Interiors | Ross Interiors
S & S Welding | S & T Welding
Sanders Warehouse | Saunders Warehouse
Sierra Building Systems | Sierra Billing Systems
Silver Creek Sand | Silver Lake Sand
Skyline Glazing | Skyline Grazing
Smith and Jones Plumbing | Smith and James Plumbing
Smith Electric | Smyth Electric
Solar Engineering | Polar Engineering
South Bay Crane | South Bend Crane
Spectrum Audio | Spectrum Auto
St Clair Supply | St Claire Supply
Sterling Management | Stirling Management
Store 4 Rentals | Store 14 Rentals
Stoneridge Pavers | Stonebridge Pavers
Summit Crane LLC | Summit Crane Inc
Sunbelt Rentals | Sunbelt Realty
T Nguyen Flooring | L Nguyen Flooring
Taylor Materials | Tyler Materials
Terra Firma Soils | Terra Firma Oils
Brick Yard | Brick Yards of Ohio
Three Rivers Barge | Two Rivers Barge
Titan Demolition | Triton Demolition
Top Notch Trim | Top Notch Tree
Tri State Boring | Tri State Flooring
Tri County Paving | Try County Paving
Union Bolt | Onion Bolt
United Elevator | Untied Elevator
Valley Crest Trees | Valley West Trees
Vargas and Sons | Vargas and Son
Vertex Fire | Vortex Fire
Viking Pile Driving | Viking Tile Driving
Washington Sheet Pile | Washington Street Pile
West Coast Glass | East Coast Glass
Wilson Hardware | Wilton Hardware
Woodworks Unlimited | Woodworks Limited
Yellow Creek Rental | Yellow Brick Rental
York Stone | New York Stone
Zenith Insulation | Zenith Installation
AB Paving | BA Paving
Phase 1 Electric | Phase 2 Electric
Unit 7 Storage | Unit 7A Storage
Ohio Valley Gas | Ohio Valley Glass
Delta Inc | Delta Company LLC
Gulf Coast Services Inc | Gulf Coast Services Ltd
`;
